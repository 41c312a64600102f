"""Pages that both spaces show alike: written once, for the space that is given."""
