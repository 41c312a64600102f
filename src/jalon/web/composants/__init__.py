"""What the pages are made of: French typography, display preferences, glossary, and the living page that shows it all."""
