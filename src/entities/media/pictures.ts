/** Of these Synapse makes small pictures (`media/thumbnailer.py`). */
const PICTURES = new Set(['image/jpeg', 'image/jpg', 'image/png', 'image/gif', 'image/webp']);

/** @param type as whoever uploaded it said */
export const isPicture = (type: string | null | undefined): boolean => PICTURES.has(type?.toLowerCase() ?? '');
