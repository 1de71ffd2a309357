import { useMemo } from 'react';
import { plural } from '~/lib/numbers';
import { readMxcs } from '~/lib/read-mxcs';
import { PasteField } from '~/ui/PasteField';

interface NamedFilesProps {
  serverName: string;
  text: string;
  onChange(text: string): void;
}

/** Files that are named one by one: as messages and lists name them. */
export function NamedFiles({ serverName, text, onChange }: NamedFilesProps) {
  const { ids, problems } = useMemo(() => readMxcs(text), [text]);
  return (
    <PasteField
      label="Files"
      description="As messages name them: mxc://server/id, one a line, or set apart by commas or spaces."
      placeholder={`mxc://${serverName}/AbCdEfGhIjKlMnOpQrStUvWx`}
      value={text}
      onChange={onChange}
      understood={text.trim() === '' ? '' : `${plural(ids.length, 'file')} named`}
      problems={problems}
    />
  );
}
