import { plural } from '@lingui/core/macro';
import { useLingui } from '@lingui/react/macro';
import { useMemo } from 'react';
import { readMxcs } from '~/lib/read-mxcs';
import { PasteField } from '~/ui/PasteField';

interface NamedFilesProps {
  serverName: string;
  text: string;
  onChange(text: string): void;
}

const example = 'mxc://server/id';

/** Files that are named one by one: as messages and lists name them. */
export function NamedFiles({ serverName, text, onChange }: NamedFilesProps) {
  const { t } = useLingui();
  const { ids, problems } = useMemo(() => readMxcs(text), [text]);
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
