"""Time worked: what people really worked, confirmed, approved, and handed to who pays."""
