"""Skills: what people have shown that they can do, seen by somebody who can say so."""
