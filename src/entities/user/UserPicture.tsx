import { useAvatar } from '~/data/avatars';
import { useSession } from '~/data/session';
import { Picture } from '~/ui/Picture';

interface UserPictureProps {
  name: string;
  mxcUrl: string | null | undefined;
  size?: 'lg';
}

/** Initials at once; the picture a moment later, if there is one. */
export function UserPicture({ name, mxcUrl, size }: UserPictureProps) {
  const { homeserver } = useSession();
  return <Picture name={name} blob={useAvatar(homeserver, mxcUrl)} size={size} />;
}
