"""The other order of home: a small published formula with everybody's own weights.

    points of a post = Σ  weight of a term × value of the term

Weights are whole numbers from 0 to 10, values whole numbers from 0 to 100, so that what is shown adds up exactly. The
order is by points, the newer first where they are equal. What a term counts is what its reader may know of, as it was
at one moment, which the cursor carries together with the weights: so pages join, and the same rows give the same order.

It orders what "newest first" would show (`candidates`), and nothing comes that would not come there.
"""
