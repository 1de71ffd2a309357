/** Where the demo homeserver answers. No such host exists: the page answers itself, and no request leaves the machine. */
export const DEMO_BASE_URL = 'https://demo.example';
/** Beside it a second one, for who looks at how two accounts go together. */
export const DEMO_BASE_URLS: readonly string[] = [DEMO_BASE_URL, 'https://second.example'];
