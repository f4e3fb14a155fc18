/** The list that the welcome page was opened for: a page button was clicked, and no provider had a key. */
import { send } from '../../lib/messages/send.ts';
import type { PageHint } from '../../lib/messages/types.ts';
import { relationSchema, type Relation } from '../../lib/model/platform.ts';
import { readHandleOrLink } from '../../lib/platforms/field.ts';
import type { PageProfile } from '../../lib/platforms/index.ts';

export interface Wanted extends PageProfile {
  readonly relation: Relation;
  readonly hint: PageHint | null;
}

/** `null` if the page was not opened for a profile. */
export async function readWanted(search: string): Promise<Wanted | null> {
  const parameters = new URLSearchParams(search);
  const profile = readHandleOrLink(parameters.get('for') ?? '', 'x');
  if (profile === null) return null;
  const relation = relationSchema.safeParse(parameters.get('relation'));
  const { platform, handle } = profile;
  return {
    ...profile,
    relation: relation.success ? relation.data : 'followers',
    hint: await send('popup.hint', { platform, handle }),
  };
}
