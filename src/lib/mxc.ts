/** `mxc://server/media`: where a file lies. Null when it is no such link: anything may stand in a profile. */
export function parseMxc(url: string | null | undefined): { serverName: string; mediaId: string } | null {
  const found = /^mxc:\/\/([^/?#\s]+)\/([^/?#\s]+)$/.exec(url ?? '');
  const [, serverName, mediaId] = found ?? [];
  // `.` and `..` can't be addressed in a URL path.
  if (serverName === undefined || mediaId === undefined || /^\.\.?$/.test(serverName) || /^\.\.?$/.test(mediaId))
    return null;
  return { serverName, mediaId };
}
