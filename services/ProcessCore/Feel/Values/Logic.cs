namespace Integration.ProcessCore.Feel.Values;

/// <summary>Three-valued logic: null is "not known".</summary>
internal static class Logic
{
    public static bool? And(bool? left, bool? right) =>
        left == false || right == false ? false
        : left == true && right == true ? true
        : null;

    public static bool? Or(bool? left, bool? right) =>
        left == true || right == true ? true
        : left == false && right == false ? false
        : null;

    public static bool? Not(bool? value) => !value;
}
