"""A cheerful small car from its side, in flat colours, as in a picture book."""

from __future__ import annotations

import math

from PIL import Image

from canvas import Canvas, Point, curve

SIDE = 512
SKY, CLOUD, SUN = (178, 223, 246), (255, 255, 255), (255, 210, 74)
FAR_HILL, NEAR_HILL, ROAD, LINE = (140, 199, 120), (104, 174, 92), (92, 98, 108), (246, 240, 222)
BODY, SHADE, LIGHT, OUTLINE = (240, 82, 62), (202, 56, 48), (255, 138, 112), (52, 40, 52)
GLASS, GLINT, TYRE, RIM = (128, 196, 222), (208, 236, 246), (48, 46, 54), (236, 236, 240)
LAMP, TAIL, CHROME = (255, 232, 140), (168, 26, 40), (206, 212, 220)
GROUND = 420.0
WHEELS: tuple[Point, Point] = ((146, 382), (376, 382))


def _outline_of_body() -> list[Point]:
    """The body from its rear bumper over the roof to the front bumper; open at the wheels."""
    return [
        *curve((48, 376), (38, 340), (44, 292)),
        *curve((44, 292), (52, 264), (92, 256)),
        *curve((92, 256), (122, 176), (188, 160), (236, 160)),
        *curve((236, 160), (300, 160), (326, 206), (352, 252)),
        *curve((352, 252), (420, 254), (450, 276), (460, 300)),
        *curve((460, 300), (474, 336), (468, 376)),
    ]


def _background(canvas: Canvas) -> None:
    canvas.disc((424, 84), 40, SUN)
    for x, y, scale in ((110, 92, 1.0), (282, 60, 0.7)):
        for dx, dy, radius in ((-38, 8, 20), (-10, -8, 28), (24, -2, 24), (48, 10, 16)):
            canvas.disc((x + dx * scale, y + dy * scale), radius * scale, CLOUD)
        canvas.box(x - 42 * scale, y + 8 * scale, x + 52 * scale, y + 27 * scale, CLOUD)
    canvas.polygon([*curve((0, 300), (140, 190), (330, 330)), (330, 420), (0, 420)], FAR_HILL)
    canvas.polygon([*curve((180, 330), (380, 200), (512, 290)), (512, 420), (180, 420)], NEAR_HILL)
    canvas.box(0, 326, SIDE, 400, NEAR_HILL)
    canvas.box(0, 392, SIDE, SIDE, ROAD)
    canvas.box(0, 388, SIDE, 396, LINE)
    for x in (-30, 110, 250, 390):
        canvas.polygon([(x, 462), (x + 84, 462), (x + 76, 474), (x - 8, 474)], LINE)
    canvas.ellipse((258, GROUND + 6), (226, 13), (66, 70, 80))


def _window(canvas: Canvas, outline: list[Point], glint: list[Point]) -> None:
    canvas.polygon(outline, GLASS)
    canvas.polygon(glint, GLINT)
    canvas.stroke([*outline, outline[0]], 6, OUTLINE)


def _windows(canvas: Canvas) -> None:
    rear = [*curve((122, 248), (142, 188), (190, 180), (222, 180)), (222, 248)]
    _window(canvas, rear, [(150, 246), (180, 184), (202, 181), (172, 246)])
    front = [(238, 180), *curve((238, 180), (292, 182), (302, 212), (326, 248)), (238, 248)]
    _window(canvas, front, [(252, 246), (272, 184), (286, 190), (268, 246)])


def _details(canvas: Canvas) -> None:
    canvas.stroke([(230, 184), (230, 368)], 5, OUTLINE)
    canvas.stroke(curve((340, 262), (352, 300), (334, 340), (322, 366)), 5, OUTLINE)
    canvas.stroke(curve((106, 262), (104, 284), (108, 300)), 5, OUTLINE)
    canvas.stroke([(252, 284), (280, 284)], 9, OUTLINE)
    canvas.stroke([(252, 284), (280, 284)], 4, CHROME)
    canvas.ellipse((446, 300), (15, 21), OUTLINE)
    canvas.ellipse((446, 300), (10, 16), LAMP)
    canvas.polygon([(42, 290), (60, 288), (60, 322), (40, 322)], TAIL)
    canvas.stroke([(42, 289), (60, 288), (60, 322), (39, 322)], 5, OUTLINE)
    canvas.stroke(curve((336, 236), (346, 232), (352, 240)), 13, OUTLINE)
    canvas.stroke(curve((337, 236), (346, 233), (351, 239)), 7, BODY)
    for left, right in ((32, 74), (438, 482)):
        canvas.stroke([(left, 362), (right, 362)], 20, OUTLINE)
        canvas.stroke([(left, 362), (right, 362)], 11, CHROME)


def _wheel(canvas: Canvas, centre: Point) -> None:
    x, y = centre
    canvas.disc(centre, 54, OUTLINE)  # the arch
    canvas.disc(centre, 43, TYRE)
    canvas.disc(centre, 27, RIM)
    for k in range(5):
        angle = 0.3 + 2 * math.pi * k / 5
        canvas.disc((x + 15 * math.cos(angle), y + 15 * math.sin(angle)), 5, OUTLINE)
    canvas.disc(centre, 6, CHROME)


def car_drawing() -> Image.Image:
    """The finished drawing, 512 by 512 pixels, in RGB."""
    canvas = Canvas(SIDE, SKY, finer=4)
    _background(canvas)
    body = _outline_of_body()
    canvas.polygon(body, BODY)
    stripe = [*curve((45, 318), (250, 334), (469, 322)), (470, 378), (46, 378)]
    canvas.polygon(stripe, SHADE)
    canvas.stroke(curve((120, 268), (230, 262), (340, 268)), 6, LIGHT)
    canvas.stroke(curve((364, 262), (420, 264), (442, 282)), 6, LIGHT)
    canvas.stroke([*body, (48, 376)], 7, OUTLINE)
    _windows(canvas)
    _details(canvas)
    for centre in WHEELS:
        _wheel(canvas, centre)
    return canvas.finish()


def palette(image: Image.Image, colours: int) -> Image.Image:
    """The same picture in a limited number of colours, without dithering."""
    return image.quantize(colours, Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)
