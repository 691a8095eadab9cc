namespace Plimsoll.Deployments.Api;

/// <summary>Which image to look at.</summary>
public sealed record InspectionRequest
{
    /// <summary>With its tag; without one, <c>latest</c>.</summary>
    public string? Image { get; init; }
}

/// <summary>A new project with one stage, deployed at once. What is left out is what the inspection proposes.</summary>
public sealed record QuickDeployRequest
{
    /// <summary>With its tag; without one, <c>latest</c>.</summary>
    public string? Image { get; init; }

    public string? Name { get; init; }

    public int? Port { get; init; }

    /// <summary>Empty: none, whatever the image says.</summary>
    public string? Healthcheck { get; init; }

    /// <summary>The name of the stage.</summary>
    public string? Stage { get; init; }

    public string? TagPattern { get; init; }

    public string? Subdomain { get; init; }

    public Dictionary<string, string?>? Env { get; init; }

    /// <summary>Whether later tags that match deploy by themselves; absent: they do.</summary>
    public bool? AutoDeploy { get; init; }
}

/// <summary>What was begun.</summary>
public sealed record QuickDeployResponse(string Project, string Stage, string DeployId);
