namespace Integration.Soap.Mapping;

/// <summary>The properties that stand for something else than an element. None of them can be the name of one.</summary>
internal static class JsonNames
{
    /// <summary>The type, where it is not the declared one. With its prefix, since <c>type</c> is a common attribute.</summary>
    public const string Type = "@xsi:type";

    /// <summary>Null for an element that has attributes nevertheless.</summary>
    public const string Nil = "@xsi:nil";

    /// <summary>The text of an element with attributes.</summary>
    public const string Text = "#text";

    /// <summary>Elements that the schema does not name, each as XML.</summary>
    public const string Any = "#any";

    /// <summary>Text with elements in it, as XML.</summary>
    public const string Xml = "#xml";

    /// <summary>The names of the elements of a group that repeats, in their order, where lists alone do not say it.</summary>
    public const string Order = "#order";
}
