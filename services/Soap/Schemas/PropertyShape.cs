namespace Integration.Soap.Schemas;

/// <summary>A property of an object in JSON: the elements of one name in a type.</summary>
/// <param name="index">In <see cref="ComplexShape.Properties"/>.</param>
/// <param name="name">In JSON.</param>
/// <param name="element">What it becomes.</param>
internal sealed class PropertyShape(int index, string name, ElementShape element)
{
    public int Index { get; } = index;

    public string Name { get; } = name;

    public ElementShape Element { get; } = element;

    /// <summary>Most occurrences in all; more than one makes it a list.</summary>
    public int Max { get; set; }

    public bool IsList => Max > 1;

    /// <summary>Whether it stands in a choice, so that it may be missing although its element is required there.</summary>
    public bool IsInChoice { get; set; }

    /// <summary>Whether it stands in a group that repeats, so that lists alone do not say the order of the elements.</summary>
    public bool IsInRepeatedGroup { get; set; }
}
