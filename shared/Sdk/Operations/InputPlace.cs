namespace Integration.Sdk;

/// <summary>Places in inputs, as messages write them: <c>inputs.to[1]</c>, <c>inputs.metadata['a b']</c>.</summary>
internal static class InputPlace
{
    public static string Of(string parent, string name) =>
        name.Length > 0 && name.All(c => char.IsLetterOrDigit(c) || c is '_' or '-' or '$')
            ? $"{parent}.{name}"
            : $"{parent}['{name}']";
}
