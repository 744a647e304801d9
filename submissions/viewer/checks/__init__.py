"""The check report: what a team learns of its work before it hands it in."""
