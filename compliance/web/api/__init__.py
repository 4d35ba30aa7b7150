"""/api/v1/: what pages show, as JSON for programs. One module per noun; `description` puts them together and describes them."""
