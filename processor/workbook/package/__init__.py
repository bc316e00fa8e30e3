"""The file as a package: zip, parts, relationships, replacing it whole. Imports no other chapter."""
