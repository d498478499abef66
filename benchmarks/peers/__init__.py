"""Programs that do the same as Otklik, as small as their kind allows, to be measured beside it."""
