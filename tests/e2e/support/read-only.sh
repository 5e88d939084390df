#!/bin/sh
exec unshare --user --map-root-user --mount sh -c 'mount --bind "$SALLYPORT_READ_ONLY" "$SALLYPORT_READ_ONLY" && mount -o remount,bind,ro "$SALLYPORT_READ_ONLY" && exec "$@"' sh "$SALLYPORT_ELECTRON" "$@"
