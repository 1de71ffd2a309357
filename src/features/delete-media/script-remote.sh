# Cached files of other homeservers can't be listed: only a count comes back. Each request covers about a month, oldest first,
# so that no proxy times out. Quarantined files are kept.

prepare() {
  jq -r "$PLAIN"'"\(.[0] | tostring)\t\(.[1] | plain)"' "$WORK/ITEMS" >"$WORK/items"
}

attempt() {
  label=${1#*$TAB}
  printf '{}\n' >"$WORK/body"
  request POST "/_synapse/admin/v1/purge_media_cache?before_ts=${1%%$TAB*}" 600 "$WORK/body"
  if [[ $status != 200 ]]; then
    refused
  elif reason=$(jq -er "$PLAIN"'.deleted | numbers | "Deleted \(files)."' "$WORK/answer"); then
    outcome='done'
  else
    unclear
  fi
}
