"""Blender materials from a few node recipes, each with fog by distance.

Fog is mixed into every material by the length of the camera's ray: no volume to sample, so it
costs next to nothing.
"""

from __future__ import annotations

from typing import Any

import bpy

from draws import Draws
from weather import Colour, Weather


class Nodes:
    """A node tree under construction; sockets are Blender's own objects."""

    def __init__(self, tree: Any) -> None:
        self.tree = tree
        self.tree.nodes.clear()

    def new(self, kind: str) -> Any:
        """A new node of Blender's type `ShaderNode<kind>`."""
        return self.tree.nodes.new("ShaderNode" + kind)

    def link(self, source: Any, target: Any) -> None:
        """Feed one node's output into another's input."""
        self.tree.links.new(source, target)

    def put(self, value: Any, target: Any) -> None:
        """Set an input to a number or a colour, or link an output to it."""
        if hasattr(value, "is_linked"):
            self.link(value, target)
        elif isinstance(value, tuple):
            target.default_value = (*value, 1.0)
        else:
            target.default_value = value

    def math(self, operation: str, first: Any, second: Any = 0.0) -> Any:
        """The output of a sum on one or two numbers."""
        node = self.new("Math")
        node.operation = operation
        self.put(first, node.inputs[0])
        self.put(second, node.inputs[1])
        return node.outputs[0]

    def mix(self, first: Any, second: Any, factor: Any) -> Any:
        """A number between two."""
        node = self.new("Mix")
        self.put(factor, node.inputs[0])
        self.put(first, node.inputs[2])
        self.put(second, node.inputs[3])
        return node.outputs[0]

    def mix_colour(self, first: Any, second: Any, factor: Any) -> Any:
        """A colour between two."""
        node = self.new("Mix")
        node.data_type = "RGBA"
        self.put(factor, node.inputs[0])
        self.put(first, node.inputs[6])
        self.put(second, node.inputs[7])
        return node.outputs[2]

    def stretch(self, value: Any, ranges: tuple[float, float, float, float]) -> Any:
        """Map (low, high) of a number to (from, to), clamped."""
        node = self.new("MapRange")
        self.link(value, node.inputs[0])
        for slot, number in enumerate(ranges, start=1):
            node.inputs[slot].default_value = number
        return node.outputs[0]

    def attribute(self, name: str) -> Any:
        """A number stored at the vertices of the mesh."""
        node = self.new("Attribute")
        node.attribute_name = name
        return node.outputs["Fac"]

    def noise(
        self,
        scale: float,
        detail: float,
        *,
        squeeze: tuple[float, ...] | None = None,
        offset: tuple[float, ...] = (0.0, 0.0, 0.0),
        space: str = "Object",
    ) -> Any:
        """Fractal noise about 0.5; `squeeze` scales the axes differently."""
        coordinates = self.new("TexCoord").outputs[space]
        if squeeze is not None:
            mapping = self.new("Mapping")
            mapping.inputs["Scale"].default_value = squeeze
            mapping.inputs["Location"].default_value = offset
            self.link(coordinates, mapping.inputs[0])
            coordinates = mapping.outputs[0]
        node = self.new("TexNoise")
        node.inputs["Scale"].default_value = scale
        node.inputs["Detail"].default_value = detail
        node.inputs["Roughness"].default_value = 0.6
        self.link(coordinates, node.inputs["Vector"])
        return node.outputs[0]

    def surface(
        self,
        colour: Any,
        roughness: Any,
        metallic: Any = 0.0,
        coat: Any = 0.0,
        glow: tuple[Colour, float] | None = None,
    ) -> Any:
        """A principled surface; `glow` is (colour, strength)."""
        node = self.new("BsdfPrincipled")
        self.put(colour, node.inputs["Base Color"])
        self.put(roughness, node.inputs["Roughness"])
        self.put(metallic, node.inputs["Metallic"])
        self.put(coat, node.inputs["Coat Weight"])
        node.inputs["Coat Roughness"].default_value = 0.06
        if glow:
            self.put(glow[0], node.inputs["Emission Color"])
            node.inputs["Emission Strength"].default_value = glow[1]
        return node

    def add(self, first: Any, second: Any) -> Any:
        """Two shaders' light together."""
        node = self.new("AddShader")
        self.link(first, node.inputs[0])
        self.link(second, node.inputs[1])
        return node.outputs[0]


class Shaders:
    """The materials of one scene, made once each."""

    def __init__(self, draws: Draws, weather: Weather) -> None:
        self.draws = draws
        self.weather = weather
        self._made: dict[str, Any] = {}

    def start(self, name: str) -> tuple[Any, Nodes]:
        """An empty material and its nodes."""
        material = bpy.data.materials.new(name)
        material.use_nodes = True
        return material, Nodes(material.node_tree)

    def finish(self, nodes: Nodes, shader: Any) -> None:
        """Lead a shader to the output, through the fog."""
        output = nodes.new("OutputMaterial")
        if self.weather.fog <= 0:
            nodes.link(shader, output.inputs[0])
            return
        distance = nodes.new("CameraData").outputs["View Distance"]
        kept = nodes.math("EXPONENT", nodes.math("MULTIPLY", distance, -self.weather.fog))
        seen = nodes.new("LightPath").outputs["Is Camera Ray"]
        share = nodes.math("MULTIPLY", nodes.math("SUBTRACT", 1.0, kept), seen)
        air = nodes.new("Emission")
        nodes.put(self.weather.fog_colour, air.inputs[0])
        mixed = nodes.new("MixShader")
        nodes.link(share, mixed.inputs[0])
        nodes.link(shader, mixed.inputs[1])
        nodes.link(air.outputs[0], mixed.inputs[2])
        nodes.link(mixed.outputs[0], output.inputs[0])

    def plain(
        self,
        name: str,
        colour: Colour,
        roughness: float = 0.5,
        metallic: float = 0.0,
        *,
        mottle: tuple[Colour, Colour, float] | None = None,
        lengthen: float = 1.0,
        glow: tuple[Colour, float] | None = None,
    ) -> Any:
        """A simple material, made once a name; `mottle` is (colour, colour, scale of the noise)."""
        if name in self._made:
            return self._made[name]
        material, nodes = self.start(name)
        base: Any = colour
        if mottle:
            offset = self.draws.vector(-50, 50)
            noise = nodes.noise(mottle[2], 5, squeeze=(1, 1, lengthen), offset=offset)
            share = nodes.stretch(noise, (0.35, 0.65, 0, 1))
            base = nodes.mix_colour(mottle[0], mottle[1], share)
        surface = nodes.surface(base, roughness, metallic, glow=glow)
        self.finish(nodes, surface.outputs[0])
        self._made[name] = material
        return material
