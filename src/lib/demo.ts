/** Where the demo homeserver answers. No such host exists: a service worker takes its requests, none leaves the machine. */
export const DEMO_BASE_URL = 'https://demo.example';
