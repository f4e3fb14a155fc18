/**
 * The one door to zod. The extension's content security policy forbids `new Function`, which zod would otherwise
 * try when a schema is made; so every schema of this project is made after this switch.
 */
import * as z from 'zod/mini';

z.config({ jitless: true });

export { z };
