namespace Integration.ErrorTreatment.Tests;

/// <summary>Chance that is always the same.</summary>
internal sealed class FixedRandom(double value) : Random
{
    public override double NextDouble() => value;
}
