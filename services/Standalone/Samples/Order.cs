namespace Integration.Standalone.Samples;

/// <summary>What goes to the three destinations.</summary>
internal sealed record Order(string Id, string Article, int Quantity);
