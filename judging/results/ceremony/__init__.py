"""The ceremony: prize by prize, on a big screen."""
