import { IconDoorEnter, IconPhotoX, IconUnlink } from '@tabler/icons-react';
import { Link } from 'react-router';
import { paths } from '~/lib/paths';
import classes from './home.module.css';

const CARDS = [
  {
    to: paths.joinRooms(),
    icon: IconDoorEnter,
    title: 'Join users to rooms',
    about: 'Any number of users into any number of rooms, told beforehand who is in already and who can’t be.',
  },
  {
    to: paths.deleteMedia(),
    icon: IconPhotoX,
    title: 'Delete media by date',
    about: 'Files that nobody opened for a while, or uploaded before a day: first the exact list, then exactly that.',
  },
  {
    to: paths.externalIds(),
    icon: IconUnlink,
    title: 'Remove external ids',
    about: 'The links to one single sign-on provider, from all accounts or some, with a copy saved before.',
  },
] as const;

/** The jobs, each with one line on what it does. */
export function JobCards() {
  return (
    <ul className={classes.cards}>
      {CARDS.map(({ to, icon: Icon, title, about }) => (
        <li key={to} className={classes.card}>
          <Icon size={22} stroke={1.6} className={classes.icon} aria-hidden />
          <div>
            <Link to={to} className={classes.title}>
              {title}
            </Link>
            <p className={classes.small}>{about}</p>
          </div>
        </li>
      ))}
    </ul>
  );
}
