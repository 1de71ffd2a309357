import { plural } from '@lingui/core/macro';
import { useLingui } from '@lingui/react/macro';
import type { NamedMxcs } from '~/lib/read-mxcs';
import { PasteField } from '~/ui/PasteField';

interface NamedFilesProps {
  serverName: string;
  text: string;
  /** What it says. */
  parsed: NamedMxcs;
  onChange(text: string): void;
}

const example = 'mxc://server/id';

/** Files that are named one by one: as messages and lists name them. */
export function NamedFiles({ serverName, text, parsed: { ids, problems }, onChange }: NamedFilesProps) {
  const { t } = useLingui();
  return (
    <PasteField
      label={t`Files`}
      description={t`File addresses such as ${example}: one per line, or separated by commas or spaces.`}
      placeholder={`mxc://${serverName}/AbCdEfGhIjKlMnOpQrStUvWx`}
      value={text}
      onChange={onChange}
      understood={text.trim() === '' ? '' : t`${plural(ids.length, { one: '# file', other: '# files' })}`}
      problems={problems}
    />
  );
}
