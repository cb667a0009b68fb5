"""The whole system on one machine: ``python -m local``, which ``make run`` calls.

It reads template.yaml, loads the functions that deploy, and answers their AWS calls in this
process. Rooms, each importing only the ones above it:

- ``template``: reads template.yaml
- ``state``: the SQLite file, the clock and the faults that every other room shares
- ``mailbox``: the captured mail
- ``aws``: what answers boto3 in place of AWS
- ``functions``: runs the functions and triggers them
- ``web``: the API, the ``/local`` routes and their pages

``system`` joins the rooms, ``server`` runs the HTTP server, and ``demo`` makes the demo data.
"""
