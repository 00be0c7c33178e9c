namespace Integration.Fixtures;

/// <summary>One run of a RabbitMQ node: as installed on this machine, or in a container.</summary>
internal interface IRabbitMqNode
{
    /// <summary>What <c>rabbitmqctl</c> needs to reach it, and where it is (<c>RABBITMQCTL</c>).</summary>
    IReadOnlyDictionary<string, string> Control { get; }

    /// <summary>Stops it as an operator would.</summary>
    Task StopAsync();

    /// <summary>Kills it as a power failure would.</summary>
    Task KillAsync();
}
