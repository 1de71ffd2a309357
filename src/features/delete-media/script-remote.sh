# The copies of other servers' files can't be listed: only a count comes back. In slices of time, oldest first, so that no
# call outlives a proxy; quarantined copies are spared.

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
