/** Where the demo homeserver answers. No such host exists: the page answers itself, and no request leaves the machine. */
export const DEMO_BASE_URL = 'https://demo.example';
