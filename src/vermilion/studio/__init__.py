"""The practice's day in the browser: clients, photos, consent, visits, on the practice's machine.

settings, serve     how it starts
vault, audit        keys and the log; nothing else sees a key
models              what is remembered, sealed
roles, access       who may open what; deny by default
record/             what can be done with a record; no HTTP
pages/              views, one file an area; each page is a line of `routes`
templates, static   how it looks
"""
