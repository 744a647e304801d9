"""The Smart Port editions, built through the services that people use."""
