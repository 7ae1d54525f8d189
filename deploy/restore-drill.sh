#!/bin/sh
# Restores the newest backup into a scratch place and looks whether it is whole: checksums, the record's chain, orphans.
# Usage: [SCRATCH=postgresql://... of an empty database] restore-drill.sh folder
set -eu
umask 077
from=${1:?give the folder of backups}
newest=$(ls -d "$from"/*Z | sort | tail -n 1)
here=$(mktemp -d)
trap 'rm -rf "$here"' EXIT
began=$(date +%s)
(cd "$newest" && sha256sum --check --quiet SHA256SUMS)
cp -r "$newest/uploads" "$here/uploads"
if [ -f "$newest/service.sqlite3" ]; then
    cp "$newest/service.sqlite3" "$here/service.sqlite3"
    database=sqlite:///$here/service.sqlite3
elif [ -n "${SCRATCH:-}" ]; then
    pg_restore --dbname="$SCRATCH" --clean --if-exists --no-owner --no-privileges --exit-on-error "$newest/service.dump"
    database=$SCRATCH
else
    # no scratch database is at hand: the dump is read to its end
    pg_restore --file=/dev/null "$newest/service.dump"
    echo "$newest: checksums right, dump readable; set SCRATCH to restore it in full."
    exit 0
fi
LIKEFORLIKE_WEB_DATABASE=$database LIKEFORLIKE_WEB_UPLOADS=$here/uploads \
LIKEFORLIKE_WEB_SECRET=of-a-drill-that-serves-nobody-and-is-thrown-away-after \
LIKEFORLIKE_WEB_HOSTS=localhost LIKEFORLIKE_WEB_MAIL=$here/mail LIKEFORLIKE_WEB_KEY=${LIKEFORLIKE_WEB_KEY:-none} \
    "${LIKEFORLIKE:-/opt/likeforlike/bin/likeforlike}" audit verify
echo "$newest: restored and verified in $(($(date +%s) - began)) seconds."
