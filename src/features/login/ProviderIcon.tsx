import {
  IconBrandApple,
  IconBrandFacebook,
  IconBrandGithub,
  IconBrandGitlab,
  IconBrandGoogle,
  IconBrandX,
} from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { shownText } from '~/lib/shown-text';

/** The brands that Matrix names (client-server API, “Identity provider brand”). */
const BRANDS: ReadonlyMap<string, ReactNode> = new Map(
  Object.entries({
    apple: <IconBrandApple size={18} aria-hidden />,
    facebook: <IconBrandFacebook size={18} aria-hidden />,
    github: <IconBrandGithub size={18} aria-hidden />,
    gitlab: <IconBrandGitlab size={18} aria-hidden />,
    google: <IconBrandGoogle size={18} aria-hidden />,
    twitter: <IconBrandX size={18} aria-hidden />,
  }),
);

/**
 * The icon of an identity provider by its brand; the first letter of its name where it has none. The icon that the homeserver
 * names is not loaded: media is given to those alone who are signed in.
 */
export function ProviderIcon({ brand, name }: { brand: string | undefined; name: string }) {
  return BRANDS.get(brand ?? '') ?? <span aria-hidden>{firstLetter(name)}</span>;
}

const firstLetter = (name: string): string => shownText(name)?.[0]?.toLocaleUpperCase() ?? '';
