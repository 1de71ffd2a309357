import type { Message } from './text';

/** The two languages in which a plan can be taken along, and what each needs on the machine that runs it. */
export const SCRIPT_LANGUAGES = ['bash', 'python'] as const;
export type ScriptLanguage = (typeof SCRIPT_LANGUAGES)[number];

interface LanguageFacts {
  name: Message;
  extension: string;
  /** What runs it. */
  command: string;
  /** What the machine that runs it must have. */
  needs: Message;
  /** How to get what is not on every machine. */
  install: Message;
}

export const SCRIPT_FACTS: Readonly<Record<ScriptLanguage, LanguageFacts>> = {
  bash: {
    name: /*i18n*/ { id: 'script.bash', message: 'Bash script with curl' },
    extension: 'sh',
    command: 'bash',
    needs: /*i18n*/ { id: 'script.bash-needs', message: 'Needs bash 3.2 or newer, curl, and jq 1.5 or newer.' },
    install: /*i18n*/ {
      id: 'script.bash-install',
      message: 'Debian and Ubuntu: apt-get install curl jq. macOS: brew install jq.',
    },
  },
  python: {
    name: /*i18n*/ { id: 'script.python', message: 'Python script with requests' },
    extension: 'py',
    command: 'python3',
    needs: /*i18n*/ { id: 'script.python-needs', message: 'Needs Python 3.7 or newer and requests.' },
    install: /*i18n*/ {
      id: 'script.python-install',
      message: 'Debian and Ubuntu: apt-get install python3-requests. Elsewhere: python3 -m pip install requests.',
    },
  },
};

/** The environment variable that a script reads the access token from. */
export const TOKEN_VARIABLE = 'GLIA_TOKEN';

/** To be typed, then the token pasted, then Enter: so it is neither shown nor kept in the shell's history. */
export const READ_TOKEN = `read -rs ${TOKEN_VARIABLE} && export ${TOKEN_VARIABLE}`;
