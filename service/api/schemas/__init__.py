"""The shapes of what comes in and goes out, as the OpenAPI document tells them; a module for each subject."""
