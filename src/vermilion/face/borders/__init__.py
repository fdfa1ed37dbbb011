"""The four borders, moved from where landmarks put them to where the image has them."""
