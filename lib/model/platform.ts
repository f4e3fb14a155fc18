/** The platforms, and the two lists that each profile has. */
import { z } from '../zod.ts';

export const platformSchema = z.enum(['x', 'tiktok']);

export type Platform = z.infer<typeof platformSchema>;

export const PLATFORMS: readonly Platform[] = platformSchema.options;

export const relationSchema = z.enum(['followers', 'following']);

export type Relation = z.infer<typeof relationSchema>;

export const RELATIONS: readonly Relation[] = relationSchema.options;
