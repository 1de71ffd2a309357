import { lacks, type FeatureId } from '~/api/since';
import { useSession, type Session } from './session';
import type { Text } from '~/lib/text';

export type { FeatureId };

/** Why the homeserver of the session does not have this, in a sentence; null where it does. */
export const useLacks = (feature: FeatureId): Text | null => lacks(useSession().version, feature);

/** The same where the session is in hand. */
export const lacksIn = ({ version }: Session, feature: FeatureId): Text | null => lacks(version, feature);
