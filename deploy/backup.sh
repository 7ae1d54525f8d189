#!/bin/sh
# Backs up the database and the encrypted lists into a folder of today, and removes the oldest.
# The keyring is not backed up: a key that is destroyed must be gone, and without it no backup of a list can be read.
# Usage: DATABASE=sqlite:///path or postgresql://... UPLOADS=folder [KEEP=14] backup.sh folder
set -eu
umask 077
: "${DATABASE:?set DATABASE to sqlite:///path or postgresql://...}" "${UPLOADS:?set UPLOADS to the folder of encrypted lists}"
into=${1:?give the folder of backups}
place=$into/$(date -u +%Y%m%dT%H%M%SZ)
part=$place.part
mkdir -p "$part/uploads"
case $DATABASE in
    sqlite:///*) sqlite3 "${DATABASE#sqlite:///}" ".timeout 20000" ".backup '$part/service.sqlite3'" ;;
    postgres*) pg_dump --dbname="$DATABASE" --format=custom --no-owner --no-privileges --file="$part/service.dump" ;;
    *) echo "DATABASE is neither sqlite:/// nor postgresql://" >&2; exit 2 ;;
esac
# after the database, so that every list that it names is here; a list that is deleted meanwhile is no mistake
find "$UPLOADS" -maxdepth 1 -name '*.age' -exec cp -p {} "$part/uploads/" \; 2>/dev/null || true
(cd "$part" && find . -type f ! -name SHA256SUMS -exec sha256sum {} + > SHA256SUMS)
sync
mv "$part" "$place"
ls -d "$into"/*Z | sort -r | tail -n +$((${KEEP:-14} + 1)) | while read -r old; do rm -rf "$old"; done
echo "$place"
