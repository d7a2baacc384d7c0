"""What a template receives: one frozen view a template, made from the dataset, a locale and a day."""
