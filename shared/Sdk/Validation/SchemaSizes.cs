using System.Runtime.InteropServices;

namespace Integration.Sdk;

/// <summary>How many there must and may be.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct SchemaSizes(int? Least, int? Most)
{
    public bool AreNone => Least is null && Most is null;

    public string? Broken(int count, string what) =>
        count < Least && Least == 1 && Most is null ? $" must not be empty."
        : !(count < Least || count > Most) ? null
        : Least is null ? $" must have at most {Most} {what}."
        : Most is null ? $" must have at least {Least} {what}."
        : $" must have {Least} to {Most} {what}.";
}
