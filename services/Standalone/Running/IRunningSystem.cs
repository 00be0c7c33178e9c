namespace Integration.Standalone.Running;

/// <summary>What the samples run in: the services of this process, or others that run already.</summary>
internal interface IRunningSystem
{
    Place Core { get; }

    Place Treatment { get; }

    /// <summary>The sample systems, as the services call them.</summary>
    Place Samples { get; }

    /// <summary>The sample systems, as this process calls them.</summary>
    Uri SamplesHere { get; }
}

/// <summary>A server that is called from here.</summary>
/// <param name="Address">Where.</param>
/// <param name="Shown">Where people call it, when that is another address.</param>
/// <param name="Token">What to call it with; null when it does not ask who calls.</param>
internal sealed record Place(Uri Address, Uri? Shown = null, string? Token = null)
{
    /// <summary>Its address for people, without a slash at the end.</summary>
    public string Url => (Shown ?? Address).GetLeftPart(UriPartial.Authority);
}
