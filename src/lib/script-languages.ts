/** The two languages in which a plan can be taken along, and what each needs on the machine that runs it. */
export const SCRIPT_LANGUAGES = ['bash', 'python'] as const;
export type ScriptLanguage = (typeof SCRIPT_LANGUAGES)[number];

interface LanguageFacts {
  name: string;
  extension: string;
  /** What runs it. */
  command: string;
  needs: string;
  /** How to get what is not on every machine. */
  install: string;
}

export const SCRIPT_FACTS: Readonly<Record<ScriptLanguage, LanguageFacts>> = {
  bash: {
    name: 'curl, in a bash script',
    extension: 'sh',
    command: 'bash',
    needs: 'bash 3.2 or newer, curl, and jq 1.5 or newer',
    install: 'apt-get install curl jq (Debian, Ubuntu), brew install jq (macOS)',
  },
  python: {
    name: 'Python, with requests',
    extension: 'py',
    command: 'python3',
    needs: 'Python 3.7 or newer with requests',
    install: 'apt-get install python3-requests (Debian, Ubuntu), or python3 -m pip install requests',
  },
};

/** The environment variable that a script reads the access token from. */
export const TOKEN_VARIABLE = 'GLIA_TOKEN';

/** To be typed, then the token pasted, then Enter: so it is neither shown nor kept in the shell's history. */
export const READ_TOKEN = `read -rs ${TOKEN_VARIABLE} && export ${TOKEN_VARIABLE}`;
