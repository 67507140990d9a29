"""A model's summary, folded."""

import keras

from coursetools.notebook.summary import folded_summary


def test_summary_is_folded_whole_and_escaped():
    model = keras.Sequential([keras.Input((4,)), keras.layers.Dense(3)], name="small")
    folded = folded_summary(model)
    page = folded._repr_html_()
    assert page.startswith("<details><summary>small, layer by layer: 1 in all")
    assert "Dense" in page
    assert "Total params: 15" in page
    assert "Total params: 15" in repr(folded)
    assert len(repr(folded).splitlines()) < 6
