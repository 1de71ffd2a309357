import { t } from '@lingui/core/macro';
import { Text } from '@mantine/core';
import { JsonFold } from '~/ui/JsonFold';
import { Outside } from '~/ui/Outside';

const bodyIn = (content: unknown): string | null => {
  if (typeof content !== 'object' || content === null || !('body' in content)) return null;
  return typeof content.body === 'string' ? content.body : null;
};

const isEmpty = (content: unknown): boolean =>
  content == null || (typeof content === 'object' && Object.keys(content).length === 0);

interface EventContentProps {
  type: string;
  content: unknown;
}

/** What was sent, where it can be read. Pictures and files are not loaded: their names are shown. */
export function EventContent({ type, content }: EventContentProps) {
  if (type === 'm.room.encrypted')
    return <Text size="sm" c="dimmed">{t`Encrypted: only the people in the room can read it.`}</Text>;
  if (isEmpty(content)) return <Text size="sm" c="dimmed">{t`Redacted, or empty`}</Text>;
  const body = type === 'm.room.message' || type === 'm.sticker' ? bodyIn(content) : null;
  if (body === null) return <JsonFold content={content} />;
  return (
    <Text size="sm" style={{ overflowWrap: 'anywhere', whiteSpace: 'pre-wrap' }}>
      <Outside text={body} longest={5000} />
    </Text>
  );
}
