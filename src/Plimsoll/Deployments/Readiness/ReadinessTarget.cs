using Plimsoll.Apps;
using Plimsoll.Docker;

namespace Plimsoll.Deployments.Readiness;

/// <summary>A candidate as a condition sees it.</summary>
/// <param name="Address">Its address on the shared network; null while it has none.</param>
/// <param name="Port">0: it listens nowhere that is known.</param>
/// <param name="Hidden">What may not be repeated of what the candidate says.</param>
internal sealed record ReadinessTarget(ContainerDetails Container, string? Address, int Port, string? HealthPath, HealthProof Proof, HiddenValues Hidden);
