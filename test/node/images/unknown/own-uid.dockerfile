# unknown: the same with a number, as careful authors write it
# image: registry.example.com/shop/own-uid:1
FROM own-user
USER 1234:1234
