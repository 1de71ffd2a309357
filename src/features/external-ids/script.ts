import { scriptText } from '~/api/script';
import type { Owner } from '~/data/session';
import { plural } from '~/lib/numbers';
import type { ScriptLanguage } from '~/lib/script-languages';
import type { ExternalIdsPlan } from './plan';
import bash from './script.sh?raw';
import python from './script.py?raw';

/** The plan as a script that does what `removalSpec` does. */
export function removalScript(plan: ExternalIdsPlan, owner: Owner, language: ScriptLanguage): Iterable<string> {
  const { items, provider } = plan;
  return scriptText(
    {
      title: `Remove the ${provider} ids of ${plural(items.length, 'user')}`,
      owner,
      notes: ["The last table names each removed id: keep this file, the server can't tell them afterwards."],
      code: { bash, python },
      constants: { PROVIDER: provider },
      repeatable: true,
      items: removals(plan),
      count: items.length,
    },
    language,
  );
}

/** The user, then the ids that go. */
function* removals({ items }: ExternalIdsPlan): Generator<string[]> {
  for (const { userId, removes } of items) yield [userId, ...removes.map(({ external_id }) => external_id)];
}
