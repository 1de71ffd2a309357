import { lacks, type FeatureId } from '~/api/since';
import { useSession } from './session';
import type { Text } from '~/lib/text';

export type { FeatureId };

/** Why the homeserver of the session does not have this, in a sentence; null where it does. */
export const useLacks = (feature: FeatureId): Text | null => lacks(useSession().version, feature);
