module kharden.dev/stand-in

go 1.26.0
